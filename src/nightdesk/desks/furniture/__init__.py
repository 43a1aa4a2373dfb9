"""What every page is made of: the form renderer, the design-system components, the layout and the look."""
