"""What those who offer the guide say of themselves. It is added to what the guide says, and replaces nothing."""

import re
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import Record, Text

_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_PAGE = re.compile(r"https://[\w-]+(\.[\w-]+)+(/[\w./~-]*)?", re.ASCII)
_ORIGIN = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?")


class Operator(Record):
    """The operator of a guide: a name, where mistakes are told (an e-mail address or a page), and words about itself.

    `referral` is how people there come to a neurologist or a transplant team. `embed` are the sites that may show the
    guide within their own pages, `api_origins` those whose pages may use the API. The limits of the texts let the two
    pages of a sheet stay two pages.
    """

    name: Annotated[Text, StringConstraints(max_length=60)]
    contact: Annotated[Text, StringConstraints(max_length=60)]
    about: Annotated[Text, StringConstraints(max_length=400)] | None = None
    referral: Annotated[Text, StringConstraints(max_length=120)] | None = None
    embed: tuple[str, ...] = ()
    api_origins: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (_E_MAIL.fullmatch(self.contact) or _PAGE.fullmatch(self.contact)):
            raise PydanticCustomError(
                "contact", "'contact' must be an e-mail address, or the address of a page that begins with https://"
            )
        for key in ("embed", "api_origins"):
            for site in getattr(self, key):
                if not _ORIGIN.fullmatch(site):
                    raise PydanticCustomError(
                        "origin",
                        "'{key}' lists sites such as https://www.example.org, without a path and without *, not {site}",
                        {"key": key, "site": repr(site)},
                    )
        return self

    @property
    def contact_link(self) -> str:
        """The contact as the address of a link."""
        return self.contact if _PAGE.fullmatch(self.contact) else f"mailto:{self.contact}"
