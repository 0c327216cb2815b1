"""What is said of a table that comes in, and of each of its rows: one sentence for each `Why`, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.imports.verdicts import Finding
from bot.domain.imports.why import ToldError, Value, Why
from bot.domain.words import DEFAULT_LANGUAGE
from bot.texts.catalogues import catalogue, interface_language
from bot.texts.formats import Formats
from bot.texts.phrases import N_

LONGEST = 60
"""Characters of what was read that are told."""
OUR_OWN = frozenset({"check", "file"})
"""Blanks with words of ours, which are told to their end."""
LIMIT = "most"
"""The blank with the most that there may be: large, and written with the reader's signs between its digits."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is so, and what to do about it. Of a row both go on after its place and begin small; of a whole table
    `message` is all that is said. `for_operators` is added on the command line, where there are mappings."""

    message: str
    cure: str | None = None
    for_operators: str | None = None


WRITE_ONE_OF = N_("write one of these: %(choices)s")
CORRECT_ONE = N_("correct one of the two")
CITY_OR_IMPORT = N_("correct the name, or bring the city in first")
FILL_TARGET = N_("leave the row out, or fill in what was promised")
SMALLER_SHARE = N_("write a share from 0 to 100, or another unit")
TWO_LETTERS = N_("write its name in English, or its two letters, such as FR")

OTHERS = N_("as many more of this kind: %(count)s")

OF_ROWS: Mapping[Why, Sentence] = {
    Why.ACCEPTED: Sentence(N_("this row is good")),
    Why.THERE_ALREADY: Sentence(N_("this is there already: nothing changes")),
    Why.NOT_TAKEN_OVER: Sentence(N_("this column is not taken over")),
    Why.READ_AS: Sentence(N_("“%(read)s” is read as %(value)s")),
    Why.BELOW_ONE: Sentence(
        N_("%(value)s per cent is kept as it stands: less than one per cent, or was a fraction meant?")
    ),
    Why.BASELINE_NOT_POSITIVE: Sentence(N_("the baseline is %(value)s, which is not above zero")),
    Why.NO_FIGURE: Sentence(N_("there is no figure: it is taken over as a promise in words")),
    Why.MADE_AFTER_DUE: Sentence(
        N_("%(told)s is after %(due)s, the year by which it is due: %(made)s stands in for it")
    ),
    Why.YEAR_WITHOUT_RESULT: Sentence(N_("there is no result for %(when)s, so the year is left out")),
    Why.LEFT_OUT: Sentence(N_("“%(read)s” is left out: it is no figure, and the promise is told in words")),
    Why.REMARKS: Sentence(N_("rows that begin with # are remarks and are not brought in: %(count)s")),
    Why.NEW_CITY: Sentence(N_("%(name)s (%(country)s) is new and gets a file: %(id)s")),
    Why.KNOWN_AS: Sentence(N_("“%(read)s” is known as “%(name)s”")),
    Why.TOO_MANY_CELLS: Sentence(
        N_("there are %(cells)s cells, but only %(columns)s columns have a name"),
        N_("put a text in double quotes if it has the separator in it, such as a comma"),
    ),
    Why.TOO_LONG: Sentence(N_("its texts have more than %(most)s bytes"), N_("shorten them")),
    Why.NUMBER: Sentence(
        N_("read “%(read)s”, expected a number"),
        N_("write digits with a point, such as 51.38, and words in another column"),
    ),
    Why.NUMBER_UNCLEAR: Sentence(
        N_("read “%(read)s”, which can mean each of these: %(ways)s"),
        N_("write digits only, with a point before the decimals"),
    ),
    Why.NUMBER_LONG: Sentence(
        N_(
            "read “%(read)s”, which has more than %(digits)s digits, or more than %(decimals)s after the point"
        ),
        N_("write it in a larger unit, or with fewer digits"),
    ),
    Why.END_ALONE: Sentence(
        N_("there is only one end of a range here, %(read)s"), N_("fill in the other figure, too")
    ),
    Why.YEAR: Sentence(
        N_("read “%(read)s”, expected a year such as 2030"), N_("write one year, in four digits")
    ),
    Why.CHOICE: Sentence(
        N_("read “%(read)s”, which is none of the words that may stand here"),
        WRITE_ONE_OF,
        "or translate it in the mapping",
    ),
    Why.LANGUAGE: Sentence(
        N_("read “%(read)s”, expected a language"), N_("write its code in small letters, such as fr")
    ),
    Why.SHARE_OF_REDUCTION: Sentence(
        N_("read “%(read)s”, but a reduction is between 0 and 100 per cent"), SMALLER_SHARE
    ),
    Why.SHARE_OF_TARGET: Sentence(
        N_("read “%(read)s”, but a share of the target is between 0 and 100 per cent"), SMALLER_SHARE
    ),
    Why.UNIT_OF_CHANGE: Sentence(
        N_("a change is told in per cent, but the unit is “%(read)s”"),
        N_("tell the change in per cent, or write level as the kind"),
    ),
    Why.CITY_MISSING: Sentence(N_("there is no city"), N_("fill in the name of the city")),
    Why.CITY_OF_ROLE: Sentence(N_("the role %(role)s needs a city"), N_("fill in the name of the city")),
    Why.CITY_UNKNOWN: Sentence(N_("there is no city “%(read)s” in the network"), CITY_OR_IMPORT),
    Why.CITY_UNCLEAR: Sentence(
        N_("read “%(read)s”, and there are several: %(cities)s"),
        N_("fill in the country, or write the id of the city"),
    ),
    Why.COUNTRY: Sentence(
        N_("read “%(read)s”, expected a country"),
        TWO_LETTERS,
        "or name it in the mapping under `countries`",
    ),
    Why.COUNTRY_MISSING: Sentence(N_("there is no country"), TWO_LETTERS),
    Why.COUNTRY_OF_NEW: Sentence(
        N_("the city “%(read)s” is new, and the row does not say in which country it is"),
        N_("fill in the country"),
    ),
    Why.TIME_ZONE: Sentence(
        N_("read “%(read)s”, expected a time zone"),
        N_("write it as in the IANA list, such as Asia/Jakarta"),
    ),
    Why.TIME_ZONE_UNCLEAR: Sentence(
        N_("the country %(country)s alone does not tell the time zone of this city"),
        N_("name it in a column “time_zone”, such as %(example)s"),
        "or under `zones` of the mapping",
    ),
    Why.NO_TARGET: Sentence(N_("there is no target: neither a figure nor words"), FILL_TARGET),
    Why.NO_TARGET_SAID: Sentence(N_("the row says itself that there is no target"), FILL_TARGET),
    Why.KIND_OF_TARGET: Sentence(
        N_("there is a figure, but not what it is"), N_("write change, level or count")
    ),
    Why.SIGN: Sentence(N_("read %(value)s, but the direction is up"), CORRECT_ONE),
    Why.NO_DIRECTION: Sentence(
        N_("there is a level, but not whether at most or at least this is meant"),
        N_("write down (at most) or up (at least)"),
    ),
    Why.NO_YEAR: Sentence(
        N_("the year of the promise is not told"),
        N_("fill it in, in a column “made”"),
        "or give a `fixed` year in the mapping",
    ),
    Why.DUE_NOT_AFTER_BASELINE: Sentence(
        N_("it is due in %(due)s, which is not after the year of the baseline, %(start)s"), CORRECT_ONE
    ),
    Why.NO_RESULT: Sentence(N_("there is neither a figure nor words"), N_("fill in one of them")),
    Why.NO_SOURCE: Sentence(N_("it is not said where this stands"), N_("fill in the source")),
    Why.NO_COMMITMENT: Sentence(
        N_("no commitment of this city is known"), N_("bring in its commitments first")
    ),
    Why.COMMITMENT_UNKNOWN: Sentence(
        N_("read “%(read)s”, which is no commitment of this city"), WRITE_ONE_OF
    ),
    Why.COMMITMENT_UNCLEAR: Sentence(N_("this city has several commitments: %(count)s"), WRITE_ONE_OF),
    Why.TARGET_UNKNOWN: Sentence(N_("read “%(read)s”, which is no target of this commitment"), WRITE_ONE_OF),
    Why.TARGET_UNCLEAR: Sentence(N_("it is not said which target of this commitment is meant"), WRITE_ONE_OF),
    Why.UNUSUAL_FILE: Sentence(
        N_("the file of the commitment is written in an unusual way"),
        N_("ask whoever looks after the content to add the result to %(file)s by hand"),
    ),
    Why.NO_NAME: Sentence(N_("there is no name"), N_("fill in the name of the city")),
    Why.NO_TITLE: Sentence(N_("there is no title"), N_("fill in what it is called")),
    Why.KIND_OF_ENTRY: Sentence(N_("it is not said of which kind this is"), WRITE_ONE_OF),
    Why.ID: Sentence(
        N_("read “%(read)s”, which cannot be an id"), N_("write small letters, digits and hyphens")
    ),
    Why.ID_TAKEN: Sentence(
        N_("the id “%(read)s” is taken already"), N_("write another id, or leave it empty")
    ),
    Why.UNKNOWN_ENTRY: Sentence(
        N_("read “%(read)s”, but there is no entry of this id"), N_("correct it, or take it away")
    ),
    Why.UNKNOWN_TOPIC: Sentence(
        N_("read “%(read)s”, but there is no such topic"),
        N_("write the id of a topic that there is"),
        "or add it to topics.yaml first",
    ),
    Why.CONTENT: Sentence(
        N_("no good file comes of this row; in the words of the content check: %(check)s"),
        N_("correct it, or ask whoever looks after the content"),
    ),
    Why.NO_ROLE: Sentence(N_("there is no role"), WRITE_ONE_OF),
    Why.NOT_ALLOWED: Sentence(
        N_("only an admin can invite somebody in the role %(role)s"), N_("ask an admin to bring this row in")
    ),
    Why.NO_CITY_ROLE: Sentence(
        N_("the role %(role)s is one of the network itself, not of a city"), N_("leave the city empty")
    ),
}
"""What is said of a row."""

OF_TABLES: Mapping[Why, Sentence] = {
    Why.NO_HEADER: Sentence(
        N_("There is no row with the names of the columns. Please put one above all others.")
    ),
    Why.COLUMN_TWICE: Sentence(
        N_("The column “%(column)s” is there twice. Please give each a name of its own.")
    ),
    Why.COLUMN_MISSING: Sentence(
        N_(
            "There is no column “%(column)s”. A table of this kind needs these: %(needed)s. "
            "Please name the columns so in the first row."
        ),
        for_operators="`focal import %(what)s --template FILE.csv` writes a table with all columns, "
        "and a mapping says which column of yours is which.",
    ),
    Why.MAPPED_COLUMN: Sentence(
        N_("The mapping names a column “%(column)s”, which the table does not have. It has: %(columns)s.")
    ),
    Why.MAPPED_COLUMN_LIKE: Sentence(
        N_("The mapping names a column “%(column)s”, which the table does not have. Is “%(like)s” meant?")
    ),
    Why.TOO_LARGE: Sentence(N_("The file is larger than %(most)s MB. Please send it in several parts.")),
    Why.EMPTY: Sentence(N_("There is nothing in this file.")),
    Why.NO_SHEETS: Sentence(N_("There is no sheet in this Excel file.")),
    Why.OLD_EXCEL: Sentence(
        N_(
            "This is an Excel file of the old kind (.xls), or one with a password. "
            "Please save it as .xlsx or CSV, without a password."
        )
    ),
    Why.PDF: Sentence(N_("This is a PDF, not a table. Please send a CSV or Excel file.")),
    Why.PICTURE: Sentence(N_("This is a picture, not a table. Please send a CSV or Excel file.")),
    Why.WORD: Sentence(N_("This is a text of Word, not a table. Please send a CSV or Excel file.")),
    Why.NO_TABLE: Sentence(N_("This is no table. Please send a CSV or Excel file.")),
    Why.TOO_MANY_ROWS: Sentence(
        N_("The table has more than %(most)s rows. Please send it in several parts.")
    ),
    Why.TOO_MANY_COLUMNS: Sentence(
        N_("Row %(row)s has more than %(most)s columns. Please take away those that are not needed.")
    ),
    Why.CELL_TOO_LONG: Sentence(
        N_("Row %(row)s has a cell of more than %(most)s characters. Please shorten it.")
    ),
    Why.CELL_WITHOUT_END: Sentence(
        N_(
            "Row %(row)s has a cell of more than %(most)s characters. Maybe a quote opens there "
            "and nothing closes it: please have a look."
        )
    ),
    Why.LINE_TOO_LONG: Sentence(
        N_("There is a line of more than %(most)s characters. Please look whether this is the right file.")
    ),
    Why.ENCODING: Sentence(
        N_(
            "I cannot read the letters after row %(row)s: they are no UTF-8. "
            "Please save the table as “CSV UTF-8” or as .xlsx."
        )
    ),
    Why.ENCODING_OF_FIRST: Sentence(
        N_(
            "I cannot read the letters in the first row: they are no UTF-8. "
            "Please save the table as “CSV UTF-8” or as .xlsx."
        )
    ),
    Why.ENCODING_OF_ALL: Sentence(
        N_(
            "I cannot read the letters of this file: they are no UTF-8. "
            "Please save the table as “CSV UTF-8” or as .xlsx."
        )
    ),
    Why.QUOTES: Sentence(
        N_(
            "The quotes in row %(row)s do not fit together. A cell that begins with a quote has to end with one, "
            "and a quote within it is written twice. The easiest way: save the table as .xlsx."
        )
    ),
    Why.BROKEN_EXCEL: Sentence(
        N_(
            "This Excel file cannot be read. Please open it in Excel and save it again, or save it as “CSV UTF-8”."
        )
    ),
    Why.NOT_OF_EXCEL: Sentence(
        N_("This file does not seem to come from Excel. Please save the table as “CSV UTF-8”.")
    ),
    Why.BOMB: Sentence(
        N_("This Excel file is far too large once it is unpacked. Please save the table as “CSV UTF-8”.")
    ),
    Why.NO_SHEET: Sentence(N_("There is no sheet “%(sheet)s”. The sheets are: %(sheets)s.")),
    Why.FORMULA: Sentence(
        N_(
            "The cell %(cell)s is a formula whose value is not in the file. "
            "Please open it in Excel and save it again, or paste the values only."
        )
    ),
}
"""What is said of a table that cannot be read."""

SENTENCES: Mapping[Why, Sentence] = {**OF_ROWS, **OF_TABLES}


class Teller:
    """Says what was found, in one language; with `for_operators` as the command line does."""

    def __init__(self, language: str, *, for_operators: bool = False) -> None:
        interface = interface_language(language)
        self._gettext = catalogue(interface).gettext
        self._formats = Formats(interface)
        self._for_operators = for_operators

    def words(self, why: Why, values: Mapping[str, Value]) -> tuple[str, str | None]:
        """What is so, and the cure where there is one."""
        sentence = SENTENCES[why]
        shown = {blank: self._shown(blank, value) for blank, value in values.items()}
        message = self._gettext(sentence.message) % shown
        cure = self._gettext(sentence.cure) % shown if sentence.cure is not None else None
        if self._for_operators and sentence.for_operators is not None:
            more = sentence.for_operators % shown
            if cure is None:
                return f"{message} {more}", None
            return message, f"{cure}, {more}"
        return message, cure

    def row(self, finding: Finding) -> dict[str, str | int | None]:
        """One verdict, as files of verdicts have it."""
        message, cure = self.words(finding.why, finding.values)
        return {
            "row": finding.row,
            "column": finding.column,
            "verdict": finding.verdict.value,
            "code": finding.why.code,
            "message": message,
            "cure": cure,
        }

    def others(self, count: int) -> str:
        """Stands for verdicts that are only counted."""
        return self._gettext(OTHERS) % {"count": self._formats.number(count)}

    def error(self, error: ToldError) -> str:
        """Why a table cannot be read."""
        return self.words(error.why, error.values)[0]

    def _shown(self, blank: str, value: Value) -> str:
        if isinstance(value, tuple):
            return self._gettext(", ").join(_short(item) for item in value)
        if isinstance(value, Decimal):
            return f"{value:f}"  # as it has to be typed
        if isinstance(value, int):
            return self._formats.number(value) if blank == LIMIT else str(value)
        return " ".join(value.split()) if blank in OUR_OWN else _short(value)


def operators_teller() -> Teller:
    """Who speaks on the command line."""
    return Teller(DEFAULT_LANGUAGE, for_operators=True)


def _short(words: str) -> str:
    """What was read, short and on one line."""
    line = " ".join(words.split())
    return f"{line[: LONGEST - 1]}…" if len(line) > LONGEST else line
