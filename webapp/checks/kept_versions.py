"""What earlier versions said can be read, before a reader asks for it."""

import json
from collections.abc import Iterator

from webapp.changes.versions import read
from webapp.checks.problems import At, Found
from webapp.rulebook.rulebook import Rulebook


def kept_versions(rulebook: Rulebook) -> Iterator[Found]:
    """Each file in `versions` is one that `keep` wrote, for the version in its name."""
    for name, path in rulebook.versions.items():
        try:
            version = read(path)
        except json.JSONDecodeError as error:
            yield Found(At("versions", name, (error.lineno,)), f"this is not JSON: {error.msg}")
        except (AttributeError, LookupError, OSError, TypeError, ValueError):
            yield Found(At("versions", name, (1,)), "`discussion-guide keep` did not write this file")
        else:
            if version.name != name:
                yield Found(At("versions", name, (1,)), f"this file keeps version '{version.name}'")
