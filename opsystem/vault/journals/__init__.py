"""What every operation changed, and what is made of it: history, undo, proof, erasure.

Triggers write the `journal` (`vault.schema`); `chain`, `seals` and `heads` make it tell-tale; `undo_plan` and
`undo` take back; `erasing` and `compacting` let words go while the proof stays.
"""
