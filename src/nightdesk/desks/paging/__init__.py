"""How staff are told: their ways, what rings on the screen, and the history of a page."""
