"""Extractors that judge our blocks: trafilatura on a throw-away copy of the tree, jusText's rules on the blocks."""



from cleaners.document import Document

# Marks appended to text nodes, read back from the output: CJK Extension B. Private-use characters do not
# survive trafilatura, attributes neither; matched by text a third of its lines equal no block.
_FIRST_MARK = 0x20000
_LAST_MARK = 0x2A6D6


def kept_by_trafilatura(document: Document) -> frozenset[int] | None:
    """Indices of the blocks that trafilatura keeps of the body (of the whole page without one); None if it finds nothing."""
    return None
