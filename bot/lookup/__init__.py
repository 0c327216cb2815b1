"""The card index: finds entries from what a person types. Pure; knows only the domain."""
