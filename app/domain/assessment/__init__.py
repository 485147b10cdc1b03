"""What someone can, has done and plans to do: capacity, history, anamnesis, advice, plans."""
