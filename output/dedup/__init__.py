"""Duplicates among articles: what is duplicated, of what, and why one may believe it. Nothing is changed here.

``corpora`` read → ``folding`` → ``sketches`` → ``candidates`` → ``check`` → ``clusters`` → ``report``; ``segments`` and
``repeats`` look inside the articles; ``find`` is the order of the work; ``plan`` and ``apply`` write a deduplicated copy.
"""
