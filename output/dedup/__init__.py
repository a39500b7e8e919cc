"""Duplicates among articles: what is duplicated, of what, and why one may believe it. Nothing is changed here.

``corpora`` read → ``survey`` (``folding``, ``sketches``) → ``catalogue`` → ``candidates`` → ``check`` → ``crowds`` → ``assemble``
(``clusters``, ``difference``) → ``report``; ``segments`` and ``repeats`` look inside the articles; ``find`` is the order of the
work; ``apply`` writes a deduplicated copy.
"""
