"""What the network publishes: gathered from the archive, made into documents, frozen."""
