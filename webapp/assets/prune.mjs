// Takes out of the compiled CSS what GOV.UK Frontend writes but no page of ours uses: about a quarter of the bytes.
// Whoever starts to use one of these parts takes its name off this list.
const UNUSED = [
  /govuk-summary-card/,
  /govuk-(radios|checkboxes)(--small|--inline|__conditional)/,
  /govuk-input(--|__)/,
  /govuk-summary-list(--no-border|__row--no-|__actions-list)/,
  /govuk-(caption-|body-lead|body-[ms]|main-wrapper--|fieldset__legend--xl|label--|label-wrapper|link-image)/,
  /govuk-(radios|checkboxes)__divider/,
  /govuk-visually-hidden-focusable/,
  /govuk-frontend-supported/,
  /-moz-any-link/, // for browsers long gone
];

// What stands in :not(…) is what the rule is not about.
const used = (selector) => !UNUSED.some((pattern) => pattern.test(selector.replace(/:not\([^)]*\)/g, "")));

// A comma inside :not(…) does not separate selectors.
const SELECTOR_COMMA = /,(?![^(]*\))/;

export function prune(css) {
  return css
    // tokens.scss defines every colour, so the values behind the names are never read.
    .replace(/var\((--govuk-[a-z-]+), ?#[0-9a-f]+\)/gi, "var($1)")
    // The font is set once, on the body, and is the same on paper.
    .replace(/@media print\{[^{}]*\{font-family:inherit\}\}/g, "")
    .replace(/font-family:inherit;-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale/g, "")
    .replace(/([^{}]+)\{([^{}]*)\}/g, (rule, selectors, body) => {
      if (selectors.startsWith("@")) return rule;
      const kept = selectors.split(SELECTOR_COMMA).filter(used);
      return kept.length && body ? `${kept.join(",")}{${body}}` : "";
    })
    .replace(/@(media|supports)[^{}]*\{\}/g, "");
}
