"""The tree of a document and its header: from a reading to nodes and the instrument."""
