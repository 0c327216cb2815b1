"""The archive: tables, repositories, the unit of work and its writer. The only room that knows SQL."""
