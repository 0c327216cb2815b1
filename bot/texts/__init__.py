"""The translation room: views become words in the reader's language, as Telegram HTML with buttons."""
