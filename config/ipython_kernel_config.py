"""Settings of every kernel in the project's environment; `make setup` copies them to .venv/etc/ipython."""

c = get_config()  # noqa: F821 (IPython puts the name there)

# Kernels on TCP warn that other users of the machine could reach them; the line would end up in the notebooks.
c.IPKernelApp.log_level = 40
