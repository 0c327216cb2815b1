"""The print shop: commitment report, charts, letters, tables out and in. It knows no database and no Telegram."""
