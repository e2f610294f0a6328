"""Settings of JupyterLab in the project's environment; `make setup` copies them to .venv/etc/jupyter."""

c = get_config()  # noqa: F821 (traitlets puts the name there)

# The type of the figures for Chinese text on machines without a Chinese font; `make lab` lays it where the page looks.
c.LabApp.custom_css = True

# No request leaves the machine: no news, no look for updates or extensions.
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.news_url = None
c.LabApp.extension_manager = "readonly"

# In containers the only user is root; the server listens on this machine alone and asks for its token.
c.ServerApp.allow_root = True
