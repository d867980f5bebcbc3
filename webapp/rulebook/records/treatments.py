"""treatments.yaml: the medicines that a person can name."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from webapp.rulebook.records.base import Record, Slug, Text

EfficacyClass = Literal["high", "moderate", "lower", "lists_differ", "not_ranked"]


class Listing(Record):
    """What one published list says of a medicine's efficacy class, in the list's own words."""

    source: Slug
    says: Text


class Treatment(Record):
    """A medicine that a person can name, with its published efficacy class and the lists that say so."""

    id: Slug
    name: Annotated[Text, StringConstraints(max_length=32)]
    brands: tuple[Text, ...]
    generics: tuple[Text, ...]
    route: Text
    drug_class: Text
    efficacy_class: EfficacyClass
    lists: tuple[Listing, ...]
    status: Literal["approved", "withdrawn", "investigational", "off_label", "varies"]
    note: Text | None = None
