"""The `focal` command. Each subcommand calls one function; heavy rooms are opened only by those that need them."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli_import import import_table
from bot.cli_people import invite, people
from bot.cli_plan import plan
from bot.cli_report import letters, report
from bot.cli_tables import export
from bot.domain.errors import OperatorError
from bot.domain.words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.content.loader import Loaded
    from bot.content.problems import Problem
    from bot.domain.entries import Library
    from bot.domain.measures import Reading
    from bot.lookup.index import Index
    from bot.settings import Settings

app = typer.Typer(
    help="Focal: the messaging assistant of a network of cities.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(people, name="people")
app.command()(invite)
app.command()(plan)
app.command()(report)
app.command()(letters)
app.command()(export)
app.command("import")(import_table)

FOUND, NOTHING_FOUND, WRONG_USE = 0, 1, 2
DATABASE = Path("data") / "focal.db"
"""Where the database is if nothing is set."""

KnowledgeOption = Annotated[
    Path | None, typer.Option("--knowledge", help="The folder of the entries.", show_default=False)
]
SchedulesOption = Annotated[
    Path | None, typer.Option("--schedules", help="The folder of the schedules.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
LanguageOption = Annotated[str | None, typer.Option("--lang", help="Language of the reader, such as fr.")]


def main() -> None:
    """Runs the command; whatever the operator has to put right is said in a sentence, without a traceback."""
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except OperatorError as error:
        print(error, file=sys.stderr)
        sys.exit(WRONG_USE)
    except BrokenPipeError:
        # Whoever read our output has seen enough; what is still to be written goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


@app.command()
def run() -> None:
    """The bot: polling, or a webhook with FOCAL_WEBHOOK_URL."""
    settings = _settings()
    if settings.token is None:
        raise OperatorError(
            "There is no bot token yet. Make a bot at @BotFather in Telegram and set FOCAL_TOKEN=123456:ABC... "
            "(or FOCAL_TOKEN_FILE) in the environment or in a file named .env.\n"
            "To try Focal without Telegram: focal rehearse"
        )
    from bot import programs

    programs.serve_live(settings, settings.token.get_secret_value())


@app.command()
def rehearse(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.", min=0, max=65535)] = 8765,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
) -> None:
    """Emulator, chat page and bot in one process, on a temporary database: nothing leaves this machine."""
    from bot import programs

    programs.rehearse(_settings(), port, browser=browser)


@app.command()
def chat(
    language: LanguageOption = None,
    persona: Annotated[
        str, typer.Option("--as", help="visitor, focal_point, deputy, secretariat or admin.")
    ] = "visitor",
) -> None:
    """The same bot in the terminal; reads standard input when it is a pipe."""
    from bot import programs

    known = [one.key for one in programs.CAST]
    if persona not in known:
        raise OperatorError(f"There is no persona {persona!r}. Choose one of: {', '.join(known)}")
    sys.exit(programs.chat(_settings(), persona, language))


@app.command()
def check(
    knowledge: KnowledgeOption = None,
    schedules: SchedulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Reads all content and tells every problem with file, line and cure."""
    folder = _knowledge(knowledge)
    asked = _schedules(schedules, knowledge, folder)
    loaded = _load(folder, with_notes=True, schedules=asked)
    problems = [*loaded.problems, *(_drafts_touched(loaded, asked) if asked is not None else ())]
    if as_json:
        told = [problem.as_json() for problem in problems]
        _print_json({"entries": len(loaded.library.entries), "problems": told})
    else:
        for problem in problems:
            print(problem)
        errors = sum(problem.level == "error" for problem in problems)
        counts = [
            _counted(len(loaded.library.entries), "entry", "entries"),
            _counted(len(loaded.schedules.cycles), "cycle", "cycles"),
            _counted(len(loaded.schedules.questionnaires), "questionnaire", "questionnaires"),
            _counted(len(loaded.schedules.reminders), "set of reminders", "sets of reminders"),
            _counted(len(loaded.schedules.days_off), "calendar of holidays", "calendars of holidays"),
            _counted(len(loaded.schedules.messages), "message", "messages"),
            _counted(errors, "error", "errors"),
            _counted(len(problems) - errors, "remark", "remarks"),
        ]
        print(f"{folder}: {', '.join(counts)}")
    sys.exit(NOTHING_FOUND if loaded.has_errors else FOUND)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


@app.command()
def lookup(
    words: Annotated[list[str] | None, typer.Argument(help="What to look up.")] = None,
    knowledge: KnowledgeOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    batch: Annotated[bool, typer.Option("--batch", help="Read JSON lines, answer each with one.")] = False,
) -> None:
    """The answer that the bot would give."""
    if batch:
        _lookup_batch(knowledge)
        return
    if not words:
        raise OperatorError("Say what to look up, for example: focal lookup compost surabaya")
    asked = " ".join(words)
    from bot.content.memory import remembered
    from bot.domain.people import Role

    library, index = remembered(_knowledge(knowledge), _library_and_index)
    reader = language or (DEFAULT_LANGUAGE if _nothing_is_set() else _settings().language)
    if as_json:
        found = index.search(asked, reader, Role.VISITOR)
        titles = [library.entries[hit.entry_id].title.within(reader).text for hit in found.hits]
        hits = [
            {"id": hit.entry_id, "score": round(hit.score, 4), "title": title}
            for hit, title in zip(found.hits, titles, strict=True)
        ]
        _print_json({"q": asked, "match": found.match, "hits": hits})
        sys.exit(FOUND if found.match else NOTHING_FOUND)
    from bot.services import answers
    from bot.services.knowledge import Knowledge
    from bot.texts.renderer import Renderer

    view = answers.preview(Knowledge(library, index), asked, reader)
    print(Renderer("your_bot").plain(view, reader))
    sys.exit(FOUND if answers.is_answer(view) else NOTHING_FOUND)


def _library_and_index(loaded: Loaded) -> tuple[Library, Index]:
    from bot.lookup.index import Index

    return loaded.library, Index.build(loaded.library)


def _lookup_batch(knowledge: Path | None) -> None:
    from bot.domain.people import Role
    from bot.lookup.index import Index

    library = _load(_knowledge(knowledge)).library
    started = time.perf_counter()
    index = Index.build(library)
    index.warm()
    _print_json(
        {
            "event": "ready",
            "entries": len(library.entries),
            "index_s": round(time.perf_counter() - started, 3),
        }
    )
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            words, reader = asked["q"], asked.get("lang")
            if not isinstance(words, str) or not (reader is None or isinstance(reader, str)):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            _print_json({"error": 'expected a line such as {"q": "compost surabaya", "lang": "en"}'})
            continue
        begun = time.perf_counter()
        found = index.search(words, reader, Role.VISITOR)
        spent = (time.perf_counter() - begun) * 1000
        hits = [{"id": hit.entry_id, "score": round(hit.score, 6)} for hit in found.hits]
        _print_json({"q": words, "hits": hits, "match": found.match, "ms": round(spent, 3)})


@app.command("read-number", context_settings={"ignore_unknown_options": True})
def read_number(
    words: Annotated[list[str] | None, typer.Argument(help="A number as somebody wrote it.")] = None,
    unit: Annotated[str | None, typer.Option(help="The unit asked for, such as t or '% change'.")] = None,
    locale: Annotated[str | None, typer.Option(help="Where it was written, such as de_CH.")] = None,
    as_json: JsonOption = False,
    batch: Annotated[bool, typer.Option("--batch", help="Read JSON lines, answer each with one.")] = False,
) -> None:
    """What the bot reads in a number: accepted, asked back or rejected."""
    if batch:
        _read_number_batch()
        return
    if not words:
        raise OperatorError("Say which number to read, for example: focal read-number --unit t 1.234,5")
    from bot.domain.measures import Verdict, plain, read

    asked = " ".join(words)
    found = read(asked, unit, locale)
    if as_json:
        _print_json(_number_read(asked, found))
    else:
        readings = " or ".join(f"{plain(each.value)} {each.unit or ''}".strip() for each in found.readings)
        why = f"({', '.join(found.reasons)})" if found.reasons else ""
        print(" ".join(part for part in (f"{found.verdict}:", readings, why) if part))
    sys.exit(NOTHING_FOUND if found.verdict is Verdict.REJECT else FOUND)


def _read_number_batch() -> None:
    from bot.domain.measures import read

    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            given = (asked["input"], asked.get("field_unit"), asked.get("locale_hint"))
            if not isinstance(given[0], str) or not all(
                part is None or isinstance(part, str) for part in given
            ):
                raise TypeError
            given[0].encode()  # half a surrogate pair is no text, and could not be printed
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            _print_json(
                {
                    "error": 'expected a line such as {"input": "1,234", "field_unit": "t", "locale_hint": "en"}'
                }
            )
            continue
        _print_json(_number_read(given[0], read(*given)))


def _number_read(text: str, found: Reading) -> dict[str, Any]:
    from bot.domain.measures import plain

    return {
        "input": text,
        "verdict": str(found.verdict),
        "value": None if found.value is None else plain(found.value),
        "value_high": None if found.value_high is None else plain(found.value_high),
        "unit": found.unit,
        "readings": [{"value": plain(each.value), "unit": each.unit} for each in found.readings],
    }


@app.command()
def init(target: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Copies the starter content out, for a network that wants its own."""
    from bot.content.starter import copy_starter

    copy_starter(target)
    print(
        f"The starter content is in {target}. Edit it, then: focal check --knowledge {target / 'knowledge'}"
    )


@app.command()
def new(
    kind: Annotated[
        str,
        typer.Argument(
            help="A folder of knowledge/, such as practices; or cycle, questionnaire, reminders, holidays or message."
        ),
    ],
    entry_id: Annotated[str, typer.Argument(help="The id of the entry, such as hue-composting.")],
    knowledge: KnowledgeOption = None,
    schedules: SchedulesOption = None,
) -> None:
    """Writes a stub of an entry, or of a file of the schedules, with all its keys explained."""
    from bot.content.schedule_stubs import is_schedule, write_schedule_stub
    from bot.content.stub import write_stub

    folder = knowledge or _settings().knowledge or Path("knowledge")
    own = schedules or _settings().schedules or folder.parent / "schedules"
    if is_schedule(kind) and (own.is_dir() or folder.is_dir()):
        print(f"Written: {write_schedule_stub(own, kind, entry_id)}")
        return
    if not folder.is_dir():
        raise OperatorError(
            f"There is not a folder {folder} here. Go to where yours is, or name it with --knowledge; "
            "`focal init DIR` makes one with the starter content."
        )
    print(f"Written: {write_stub(folder, kind, entry_id)}")


@app.command()
def status(as_json: JsonOption = False) -> None:
    """Version, content, database and queues."""
    from bot import programs

    _print_json(programs.status(_settings())) if as_json else print(programs.status_text(_settings()))


@db.command()
def upgrade() -> None:
    """Brings the schema of the database up to date, after a backup."""
    from bot import programs

    print(programs.upgrade(_settings()))


def _settings() -> Settings:
    from bot.settings import read_settings

    return read_settings()


def _nothing_is_set() -> bool:
    """Whether there is no setting anywhere. A lookup need not wait then for the library that checks them."""
    return not any(name.upper().startswith("FOCAL_") for name in os.environ) and not Path(".env").exists()


def _knowledge(folder: Path | None) -> Path:
    if folder is None:
        from bot.content.starter import knowledge_folder

        return knowledge_folder(None if _nothing_is_set() else _settings().knowledge)
    if not folder.is_dir():
        raise OperatorError(f"{folder} is not a folder")
    return folder


def _schedules(given: Path | None, knowledge: Path | None, folder: Path) -> Path | None:
    """The folder of the schedules. Whoever names a knowledge folder alone need not have one beside it."""
    from bot.content.starter import schedules_folder

    if given is not None:
        if not given.is_dir():
            raise OperatorError(f"{given} is not a folder")
        return given
    beside = schedules_folder(None if _nothing_is_set() else _settings().schedules, folder)
    return beside if knowledge is None or beside.is_dir() else None


def _drafts_touched(loaded: Loaded, schedules: Path) -> Sequence[Problem]:
    """What the questionnaires mean for open drafts, where there is a database; none is made for being asked."""
    url = f"sqlite:///{DATABASE}" if _nothing_is_set() else _settings().database
    file = url.removeprefix("sqlite:///")
    if file != url and not Path(file).exists():
        return ()
    from bot.services.drafts_touched import drafts_touched
    from bot.storage.database import Database

    database = Database(url)
    try:
        status = database.status()
        if status.revision != status.newest_revision:
            return ()
        name = schedules.resolve().name
        return database.run_now(lambda work: drafts_touched(work, loaded.library, loaded.schedules, name))
    finally:
        database.close()


def _load(folder: Path, *, with_notes: bool = False, schedules: Path | None = None) -> Loaded:
    from bot.content.memory import load_remembered

    return load_remembered(folder, schedules=schedules, with_notes=with_notes)


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False), flush=True)
