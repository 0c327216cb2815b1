"""How long the commands take from a cold start, beside Python's own start, in the same run.

Each figure is the median of seven runs, one of every command in turn, so that a busy moment of the machine
meets them all. The goal is a `focal lookup` with the content that ships in less than half a second.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 7
ROOT = Path(__file__).resolve().parent.parent
PEER = "python -c pass"
COMMANDS = {
    PEER: [sys.executable, "-c", "pass"],
    "focal --help": [sys.executable, "-m", "bot", "--help"],
    "focal lookup compost surabaya": [sys.executable, "-m", "bot", "lookup", "compost", "surabaya"],
    "focal lookup --json compost surabaya": [
        *(sys.executable, "-m", "bot", "lookup", "--json", "compost", "surabaya")
    ],
    "focal check": [sys.executable, "-m", "bot", "check"],
}


def main() -> None:
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    unset = {name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")}
    for round_ in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run(command, cwd=ROOT, env=unset, stdout=subprocess.DEVNULL, check=True)
            if round_ > 0:  # the first round writes the .pyc files
                seconds[name].append(time.perf_counter() - began)
    peer = statistics.median(seconds[PEER])
    print(f"{'command':38} {'median':>9} {'fastest':>9}   times {PEER}")
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print(f"{name:38} {median * 1000:6.0f} ms {min(taken) * 1000:6.0f} ms   {median / peer:5.1f}")


if __name__ == "__main__":
    main()
