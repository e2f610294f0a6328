"""Files of any format become text: web pages, PDF with a text layer, Word documents, plain text in any encoding.

What a file is, its content says and not its name. Each format has a module of its own, imported when a file is of it.
"""
