"""`python -m bot` is the `focal` command."""

from bot.cli import main

main()
