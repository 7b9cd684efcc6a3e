"""Faults to be put into the engine on purpose. In `where` the piece between ⟦ and ⟧ is what is replaced by `becomes`.

A fault of kind `value` replaces an expression, one of kind `step` a statement. Each `where` must stand in its file exactly once.
"""


def value(name, file, where, becomes):
    return {"name": name, "file": file, "where": where, "becomes": becomes, "kind": "value"}


def step(name, file, where, becomes=""):
    return {"name": name, "file": file, "where": where, "becomes": becomes, "kind": "step"}


R = "Sources/Reconcile/"
S = "Sources/StateStore/"
U = "Sources/Runner/"
F = "Sources/FileIO/"

FAULTS = [
    # What a field's changes mean.
    value("a change of the left is carried to the left", R + "FieldDecision.swift",
          "case (true, false): return carry(from: ⟦.left⟧, state, links)", ".right"),
    value("a change of the right is carried to the right", R + "FieldDecision.swift",
          "case (false, true): return carry(from: ⟦.right⟧, state, links)", ".left"),
    value("two equal edits are a conflict", R + "FieldDecision.swift",
          "if ⟦agrees(state, links)⟧ { return .agree }\n            if let merged", "false"),
    value("the side that is owed is taken for the one that changed", R + "FieldDecision.swift",
          "if let owed = state.base?.owed { changed[⟦owed.other⟧] = true }", "owed"),
    value("newest takes the oldest", R + "FieldDecision.swift",
          "return ⟦left > right⟧ ? .left : .right", "left < right"),
    value("an empty value erases where it must not", R + "FieldDecision.swift",
          "if value.isEmpty, ⟦mapping.empty == .keep⟧ { return .agree }", "false"),
    value("'when: empty' writes where there is something", R + "FieldDecision.swift",
          "case .empty where ⟦!held.isEmpty⟧: return .agree", "held.isEmpty"),
    value("the first value of the left is taken from the right", R + "FieldDecision.swift",
          "switch policies.firstValues {\n        case .left: return carry(from: ⟦.left⟧, state, links)", ".right"),
    # Merges.
    value("of two edits the second side is owed nothing", R + "PairMerge.swift",
          "let owed = ⟦side == sides.last ? nil : side.other⟧", "Optional<Side>.none"),
    value("a pair with a second write to come counts as settled", R + "PairMerge.swift",
          "let settles = ⟦side == sides.last⟧ && merged.holds.isEmpty", "true"),
    value("a new pair with a held field counts as settled", R + "PairMerge.swift",
          "settle(merged, .link, isSettled: sides.isEmpty && ⟦merged.holds.isEmpty⟧)", "true"),
    value("a linked pair with a held field counts as settled", R + "PairMerge.swift",
          "settle(merged, .agree, isSettled: sides.isEmpty && ⟦merged.holds.isEmpty⟧)", "true"),
    value("overlapping edits of a text are merged", R + "LineMerge.swift",
          "} else if ⟦old == ours⟧ {", "true"),
    value("a member that the right took out of a set stays", R + "ValueMerge.swift",
          "let kept = left.filter { ⟦!inBase.contains($0)⟧ || inRight.contains($0) }", "true"),
    value("a sum takes the right's value for its difference", R + "ValueMerge.swift",
          "let sum = left.adding(⟦difference⟧)", "right"),
    # Deletes and scope.
    value("a record that was edited is deleted with its partner", R + "LinkedRecords.swift",
          "return ⟦!rule.isSame(now, before, on: record.side)⟧", "false"),
    value("a record that leaves the scope is not remembered as such", R + "LinkedRecords.swift",
          "case .outside: marks[side] = ⟦.frozen⟧", ".none"),
    # Pairing and new records.
    value("two records with one key are paired with the first", R + "Pairing.swift",
          "if ⟦found.left.count == 1⟧, found.right.count == 1 {", "found.left.count >= 1"),
    value("an empty key pairs", R + "Pairing.swift",
          "guard let value, ⟦!value.isEmpty⟧ else { return nil }", "true"),
    value("the case of a key counts though it should not", R + "Pairing.swift",
          "return TextKey(⟦ignoresCase⟧ ? text.lowercased() : text)", "false"),
    value("a record is made on a side where none may be", R + "UnlinkedRecords.swift",
          "guard ⟦inputs.sync.creates.contains(target)⟧ else {", "true"),
    value("a record that was passed over is made", R + "UnlinkedRecords.swift",
          "if let standing = ⟦standing(of: number, side)⟧ {", "Optional<PassedRecords.Standing>.none"),
    value("an id is given twice", R + "NewIDSource.swift",
          "guard ⟦!isTaken(id)⟧ else { throw .idTaken(side: side, id: id) }", "true"),
    value("a record links to nothing of its own sync", R + "KnownLinks.swift",
          "return planned[side][id] ?? ⟦ownTable.partner(of: id, on: side.other)⟧", "nil"),
    step("a value that the table lacks goes over as it is", R + "Translation.swift",
         "case .hold: ⟦throw .unmapped(field: mapping.text, value: value)⟧", "return .value(value)"),
    step("a record does not wait for its parent", R + "Translation.swift",
         "case .wait: ⟦throw .parentNotLinked(field: mapping.text, sync: link.sync, id: id)⟧", "return .skip"),
    # Doubts.
    value("an update in doubt counts as made whatever the record holds", R + "FoundLink.swift",
          "if ⟦rule.isSame(now, after.values[side], on: side)⟧ {\n                base.entries[rule.number] = after", "true"),
    value("an update in doubt is settled by a record that cannot be read", R + "FoundLink.swift",
          "found.hasOpenDoubt = ⟦true⟧", "false"),
    value("a create in doubt is taken for ours when it holds a part", R + "CreateCheck.swift",
          "if ⟦different.isEmpty⟧ { return .ours }", "different.count < fields.count"),
    # Brakes and order.
    value("a brake lets one write too many pass", R + "Brakes.swift",
          "guard ⟦planned > allowed⟧ else { return nil }", "planned > allowed + 1"),
    value("a collection that shrank is believed", R + "Brakes.swift",
          "guard now < last, ⟦limits.readDrop.isBelowAll⟧ else { return false }", "false"),
    value("ids that changed are taken for deletes and creates", R + "Brakes.swift",
          "guard ⟦lost >= 3⟧,", "lost >= 3000"),
    value("deletes come before creates", R + "Planner.swift",
          "operations = ⟦[WriteRequest.Verb.create, .update, .delete]⟧.flatMap", "[WriteRequest.Verb.delete, .update, .create]"),
    # Writes that failed.
    value("a write that failed is put off for ever the same on both sides", R + "WriteKeys.swift",
          ".update, ⟦side⟧, merged.pair.ids[side], fields, over", "side.other"),
    # The journal.
    step("intents are not on disk before the writes", S + "RunJournal.swift",
         "try flush(file)\n            ⟦try file.sync()⟧"),
    value("the ids of an intent are exchanged", S + "RunJournal.swift",
          "⟦operation.side == .left⟧\n            ? Sides(left: operation.target, right: operation.source)", "operation.side == .right"),
    step("a write that was refused leaves its link settled", S + "RunJournal.swift",
         "case .moved:\n            ⟦store.leaveOpen(intent.link)⟧"),
    step("a create without an outcome is forgotten", S + "FileLoader.swift",
         "case .create: ⟦loaded.doubt(intent)⟧"),
    step("an update without an outcome is forgotten", S + "FileLoader.swift",
         "⟦loaded.intended[intent.link] = IntendedUpdate(\n                    "
          "side: intent.side, base: intent.base, restores: intent.restores, putsBack: intent.putsBack)⟧"),
    value("the base of a failed write moves on", S + "LoadedLinks.swift",
          "if ⟦intent.verb == .create⟧ { links.remove(intent.link) } else", "intent.verb != .create"),
    value("a line that was changed is believed", S + "SealedLine.swift",
          "guard ⟦next(content) == UInt32(truncatingIfNeeded: sum)⟧ else { return nil }", "true"),
    value("state is compacted while a write is in doubt", S + "Compaction.swift",
          "guard ⟦hasNoDoubts⟧ else { return }", "true"),
    value("a links file with a link missing is believed", S + "LoadedLinks.swift",
          "if kind == .links, ⟦loader.entryCount != head.count⟧ {", "false"),
    value("a run that died goes unnoticed by the cheap look", S + "SyncFolder.swift",
          "⟦try runNames().last ?? \"\"⟧ } == header.lastRun", "header.lastRun"),
    # Files.
    step("a file takes the place of the old before it is on disk", F + "Replacement.swift",
         "⟦try file.sync()⟧"),
]
