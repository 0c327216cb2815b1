"""What goes out as tables: for analysts, and so that it can come in again."""
