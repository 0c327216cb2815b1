"""What the network publishes: targets against results, each figure with where it comes from. No words of ours."""

from bot.domain.publication.model import (
    Actor,
    CityPart,
    CommitmentPart,
    CommitmentReport,
    Missing,
    MissingWhat,
    Origin,
    Provenance,
    Quote,
    ReportFacts,
    Scope,
    TargetLine,
    Told,
)
from bot.domain.publication.published import Edition, EditionDocument, Format

__all__ = [
    "Actor",
    "CityPart",
    "CommitmentPart",
    "CommitmentReport",
    "Edition",
    "EditionDocument",
    "Format",
    "Missing",
    "MissingWhat",
    "Origin",
    "Provenance",
    "Quote",
    "ReportFacts",
    "Scope",
    "TargetLine",
    "Told",
]
