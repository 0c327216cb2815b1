"""The library: content files into one immutable `Library`, with every problem told by file, line and cure."""
