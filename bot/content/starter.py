"""The content that a new network begins with."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.domain.errors import OperatorError

FOLDERS = ("knowledge", "schedules")
PACKAGE = Path(__file__).resolve().parent.parent
TEMPLATES = PACKAGE / "documents" / "templates"
"""The Word templates of the package, which a network may change in its own copy."""


def starter_folder() -> Path:
    """The folder with the starter's `knowledge/`: in an installed package, or a checkout of the repository.

    Raises OperatorError where there is none.
    """
    for folder in (PACKAGE / "starter", PACKAGE.parent):
        if (folder / "knowledge" / "topics.yaml").is_file():
            return folder
    raise OperatorError("this installation has no starter content; install Focal again")


def copy_starter(target: Path) -> tuple[Path, ...]:
    """Copies the starter content into `target`, a folder that is empty or not there yet.

    Gives the folders that were made. Raises OperatorError where the target is in use or cannot be written.
    """
    if target.exists() and not target.is_dir():
        raise OperatorError(f"{target} is a file; give a folder that is empty or not there yet")
    if target.is_dir() and any(target.iterdir()):
        raise OperatorError(f"{target} is not empty; give a folder that is empty or not there yet")
    source = starter_folder()
    made = []
    try:
        for name in FOLDERS:
            if (source / name).is_dir():
                shutil.copytree(source / name, target / name)
                made.append(target / name)
        made.append(_copy_templates(target / "templates"))
    except OSError as error:
        raise OperatorError(f"{target} cannot be written ({error.strerror or error})") from error
    return tuple(made)


def _copy_templates(target: Path) -> Path:
    target.mkdir(parents=True)
    for template in sorted(TEMPLATES.glob("*.docx")):
        shutil.copy(template, target)
    return target


def knowledge_folder(configured: Path | None) -> Path:
    """The folder of the entries: the configured one, else `./knowledge` where it is there, else the starter's.

    Raises OperatorError where the configured one is no folder.
    """
    if configured is not None:
        if not configured.is_dir():
            raise OperatorError(
                f"FOCAL_KNOWLEDGE names {configured}, which is not a folder. "
                "`focal init DIR` makes one with the starter content."
            )
        return configured
    own = Path("knowledge")
    return own if own.is_dir() else starter_folder() / "knowledge"


def schedules_folder(configured: Path | None, knowledge: Path) -> Path:
    """The folder of cycles and questionnaires: the configured one, else `schedules` beside the knowledge, which
    need not be there.

    Raises OperatorError where the configured one is no folder.
    """
    if configured is None:
        return knowledge.resolve().parent / "schedules"
    if not configured.is_dir():
        raise OperatorError(
            f"FOCAL_SCHEDULES names {configured}, which is not a folder. "
            "`focal init DIR` makes one with the starter content."
        )
    return configured


def templates_folder(configured: Path | None, knowledge: Path) -> Path | None:
    """The folder of the network's own Word templates: the configured one, else `templates` beside the knowledge where
    it is there, else None. A template that it lacks is the one of the package.

    Raises OperatorError where the configured one is no folder.
    """
    if configured is None:
        beside = knowledge.resolve().parent / "templates"
        return beside if beside.is_dir() else None
    if not configured.is_dir():
        raise OperatorError(
            f"FOCAL_TEMPLATES names {configured}, which is not a folder. "
            "`focal init DIR` makes one with the templates that Focal comes with."
        )
    return configured
