"""The post room: what comes in goes through the inbox, what goes out through the outbox."""
