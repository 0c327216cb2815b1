"""The study: pure rules and words. It knows no Telegram, no database, no files and no clock."""
