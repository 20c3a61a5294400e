"""The commands of `bot.py`: one module each, so that a command imports what it alone needs."""
