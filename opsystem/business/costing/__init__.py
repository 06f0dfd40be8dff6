"""What a job earns and costs, at any moment: revenue, materials, labor, expenses, margin."""
