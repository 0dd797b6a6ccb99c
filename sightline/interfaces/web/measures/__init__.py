"""The pages of measures: figures with their definitions, and the cases behind them."""
