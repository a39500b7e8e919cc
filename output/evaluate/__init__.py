"""Cleaning and turns scored against gold.

``gold`` reads folders, ``readings`` asks the readers, ``texts``, ``turns`` and ``results`` score one page, ``figures``
sums up many, ``floors`` holds what was reached before, ``colours`` shows a page block by block.
"""
