import Model

/// What must be true of a thing, whatever happened: the model that runs are held against.
///
/// Nothing here knows how a run works. A person who writes has seen what stood there, so that each value is known to be written over,
/// or not; one that nobody has written over must not be lost. Two of them in one field are a conflict.
struct Verdict {
    /// Whether a run holds a thing: nothing of it, one record, or what its two linked records hold.
    enum Held: Int { case no, record, pair }

    /// What each side shows of the thing; nil where it is not there.
    let shown: Sides<Shown?>
    /// Whether values of the right may give way to those of the left.
    private func givesWay(_ field: Field) -> Bool { field == .pick }

    /// What is wrong at any moment, in the middle of things too.
    ///
    /// - Parameters:
    ///   - isAfterRun: whether a run has just gone to its end.
    ///   - held: whether that holds the thing.
    /// - Returns: the sentences, and the thing with what is settled by now.
    func atAnyMoment(_ thing: Thing, isAfterRun: Bool, held: Held = .no) -> (wrong: [String], thing: Thing) {
        var (wrong, thing) = ([String](), thing)
        let there = Side.allCases.compactMap { shown[$0] }
        for (field, history) in thing.histories {
            let values = shown.map { $0?.fields[field] }
            for value in [values.left, values.right].compactMap(\.self) where !history.knows(value) {
                wrong.append("\(field) is '\(value)', which nobody wrote")
            }
            if there.count == 2, let value = values.left, value == values.right, givesWay(field) {
                thing.histories[field]?.settle(value)
                continue
            }
            let deleted = Side.allCases.compactMap { thing.removals[$0]?.fields[field] }
            for head in history.heads where head != values.left && head != values.right && !deleted.contains(head) {
                if thing.isMurky, thing.buried.contains(head) { continue }
                if field == .extra && there.count < 2 { continue }
                if givesWay(field), shown.left != nil || thing.removals.left != nil { continue }
                wrong.append("\(field) '\(head)' is lost: left '\(values.left ?? "")', right '\(values.right ?? "")'")
            }
        }
        for side in there where side.count & ~thing.count != 0 || side.count < 0 {
            wrong.append("the count is \(side.count), of what adds up to \(thing.count)")
        }
        for side in there {
            for tag in side.tags.subtracting(thing.tags.added) { wrong.append("the tag '\(tag)' is nobody's") }
        }
        for side in Side.allCases where shown[side] != nil { thing.removals[side] = nil }
        if isAfterRun {
            let isSame = if let left = shown.left, let right = shown.right { left.agrees(with: right) } else { false }
            // Twins that are alike may be so with no run that made them a pair, as while one is out of scope or held.
            let isInStep = isSame && !(thing.areTwins && (thing.wasOut || held != .no))
            thing.isMet = thing.isMet || isInStep || (thing.areTwins && there.count == 2 && held == .pair)
            thing.areTwins = thing.areTwins && !isInStep
            thing.isForgotten = there.isEmpty
            thing.inDoubt = []
            thing.isSumDue = false
            // Nobody looks at what is out of scope.
            if !thing.wasOut { thing.agreed = [] }
            if isInStep, held == .no { settle(&thing) }
        }
        return (wrong, thing)
    }

    /// A run made both sides the same: from here on it is known what is to become of it.
    private func settle(_ thing: inout Thing) {
        guard thing.isMurky, let now = shown.left else { return }
        thing.isMurky = false
        for field in thing.histories.keys { thing.histories[field]?.settle(now.fields[field]) }
        thing.count = now.count
        thing.tags.removed = thing.tags.added.subtracting(now.tags)
    }

    /// What is wrong once faults stopped and runs went to their end.
    ///
    /// - Parameters:
    ///   - isHeld: whether a hold of the thing is listed.
    ///   - mapped: the fields that the job maps.
    func atTheEnd(_ thing: Thing, isHeld: Bool, isOutOfScope: Bool, mapped: Set<Field>) -> [String] {
        if isOutOfScope { return [] }
        if thing.isMurky { return isHeld ? [] : ofMurky(thing, mapped) }
        guard let left = shown.left, let right = shown.right else { return ofMissing(thing, isHeld, mapped) }
        var wrong: [String] = []
        var mayBeHeld = false
        for (field, history) in thing.histories where mapped.contains(field) && !field.isLine {
            let (l, r) = (left.fields[field], right.fields[field])
            let seen = Set([l, r].compactMap(\.self).filter { history.heads.contains($0) })
            // Of what first met with different values neither is newer.
            let isConflict = seen.count > 1 || (thing.areTwins && l != r)
            mayBeHeld = mayBeHeld || isConflict || (field == .extra && l != r)
            if l == r { continue }
            if isConflict || field == .extra, isHeld { continue }
            wrong.append(
                "\(field) differs: left '\(l ?? "")', right '\(r ?? "")'\(isConflict ? ", and is not held" : "")")
        }
        // What first met with different values has no base on which to merge.
        let isUnmet = thing.areTwins && isHeld
        let news = isUnmet ? Sides(left: [], right: []) : linesOfOneSide(thing, left, right)
        let areApart = news.left.allSatisfy { l in news.right.allSatisfy { abs(l - $0) > 1 } }
        mayBeHeld = mayBeHeld || isUnmet || !areApart
        if !news.left.isEmpty || !news.right.isEmpty, areApart || !isHeld {
            wrong.append("the body differs in lines \(news.left) of the left and \(news.right) of the right")
        }
        for (side, shown) in [("left", left), ("right", right)] where !isUnmet {
            if shown.count != thing.count {
                wrong.append("the count of the \(side) is \(shown.count), not \(thing.count)")
            }
            let tags = thing.tags.added.subtracting(thing.tags.removed)
            if shown.tags != tags {
                wrong.append("the tags of the \(side) are \(shown.tags.sorted()), not \(tags.sorted())")
            }
        }
        if let name = left.fields[.name], name == right.fields[.name], right.label != name.uppercased() {
            wrong.append("the label is '\(right.label ?? "")', and the name '\(name)'")
        }
        if isHeld, !mayBeHeld { wrong.append("it is held, and nothing is in conflict") }
        return wrong
    }

    /// Nobody can know what is to become of it; but that it is the same for both sides.
    private func ofMurky(_ thing: Thing, _ mapped: Set<Field>) -> [String] {
        let there = Side.allCases.filter { shown[$0] != nil }
        // What was deleted while it was out of scope leaves its partner alone, for good.
        if there == [.right], thing.wasOut { return [] }
        if there.count == 1 { return ["it is on the \(there[0]) alone, and is not held"] }
        guard let left = shown.left, let right = shown.right else { return [] }
        var wrong = mapped.filter { left.fields[$0] != right.fields[$0] }.map { "\($0) differs, and is not held" }
            .sorted()
        if left.count != right.count { wrong.append("the count differs, and is not held") }
        if left.tags != right.tags { wrong.append("the tags differ, and are not held") }
        return wrong
    }

    /// It is not there, on one side or on both.
    private func ofMissing(_ thing: Thing, _ isHeld: Bool, _ mapped: Set<Field>) -> [String] {
        let removals = Side.allCases.compactMap { thing.removals[$0] }
        guard let standing = Side.allCases.first(where: { shown[$0] != nil }) else {
            return removals.count == 2 || removals.contains(where: thing.isClean)
                ? [] : ["it is gone, and nobody deleted it so"]
        }
        guard let removal = thing.removals[standing.other] else { return ["it is on the \(standing) alone"] }
        if thing.isClean(removal) {
            // A field that was mapped just now has no base yet that would tell whether it was seen.
            if isHeld, mapped.contains(.extra), shown[standing]?.fields[.extra] != nil { return [] }
            // What first met with different values was never agreed on: it is nowhere else.
            if isHeld, thing.areTwins { return [] }
            return ["it is still on the \(standing), or came back"]
        }
        return isHeld ? [] : ["it was deleted and edited, and is not held"]
    }

    /// The lines of the body that one side has and the other has not.
    private func linesOfOneSide(_ thing: Thing, _ left: Shown, _ right: Shown) -> Sides<[Int]> {
        var news = Sides<[Int]>(left: [], right: [])
        for number in 0..<Field.lineCount {
            let (l, r) = (left.fields[.line(number)], right.fields[.line(number)])
            if l == r { continue }
            let heads = thing.histories[.line(number)]?.heads ?? []
            if let l, heads.contains(l) { news.left.append(number) }
            if let r, heads.contains(r) { news.right.append(number) }
        }
        return news
    }
}

extension Field {
    var isLine: Bool { if case .line = self { true } else { false } }
}
