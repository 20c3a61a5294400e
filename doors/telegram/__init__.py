"""The Telegram door: messages in, turns out, by long polling of the Bot API."""
