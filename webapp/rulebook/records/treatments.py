"""treatments.yaml: the medicines that a person can name."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from webapp.rulebook.records.base import NameText, Prose, Quoted, Record, SlugId, SourceId

EfficacyClass = Literal["high", "moderate", "lower", "lists_differ", "not_ranked"]


class Listing(Record):
    """What one published list says of a medicine's efficacy class, in the list's own words."""

    source: SourceId
    says: Quoted


class Treatment(Record):
    """A medicine that a person can name, with its published efficacy class and the lists that say so."""

    id: SlugId
    name: Annotated[NameText, StringConstraints(max_length=32)]
    brands: tuple[NameText, ...]
    generics: tuple[NameText, ...]
    route: NameText
    drug_class: NameText
    efficacy_class: EfficacyClass
    lists: tuple[Listing, ...]
    status: Literal["approved", "withdrawn", "investigational", "off_label", "varies"]
    note: Prose | None = None
