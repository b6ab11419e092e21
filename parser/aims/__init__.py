"""What is to be done and reached: mandates and targets."""
