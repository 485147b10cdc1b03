"""The pages, an area in each folder: what a person sees and does there."""
