"""The linguistic layer: spaCy pipeline over the plain parser, word segmentation by underthesea; both imported only when used."""
