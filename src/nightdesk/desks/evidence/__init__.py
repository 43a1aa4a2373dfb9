"""The evidence clock and the early evidence kit, as the counter and the specialist use them."""
