"""Stands for aiohttp in the bundle: pyHanko names these when it is imported, and here there is nobody to ask."""


class BasicAuth:
    """Never made: no time stamp is fetched."""


class ClientSession:
    """Never made: no certificate is fetched."""
