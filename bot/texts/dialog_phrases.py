"""What the buttons of the dialog are called: whoever types these words, in any language, has pressed the button."""

from __future__ import annotations

from bot.domain.buttons import Step
from bot.texts.phrases import N_

MOVE_WORDS = {
    Step.BACK: (N_("‹ Back"), N_("Back")),
    Step.SKIP: (N_("Skip"),),
    Step.SAME: (N_("Same as last time"), N_("Still the same")),
    Step.UNKNOWN: (N_("I don’t know yet"), N_("I don't know yet"), N_("I don't know")),
    Step.PAUSE: (N_("Pause"),),
    Step.HELP: (N_("Help"),),
    Step.KEEP: (N_("Keep"), N_("Next"), N_("Done")),
    Step.SUMMARY: (N_("All answers"),),
    Step.SEND: (N_("Send to the secretariat"),),
}
