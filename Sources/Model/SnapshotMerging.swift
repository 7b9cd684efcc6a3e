package import Values

// What is asked of a side after its first reading is put together with it.
extension Snapshot {
    /// Takes in what a later reading of records by their ids told: of each of them it counts, and not what was read before.
    ///
    /// - Parameter links: those whose records were asked for. One that the later reading neither has nor calls absent is unknown.
    package mutating func take(_ later: Snapshot, asking links: Set<Int>) {
        if isUntouched { (isUntouched, isWhole) = (false, false) }
        dropKept(of: later)
        let shift = (ids: ids.adopt(later.ids), raws: raws.adopt(later.raws))
        // Beyond so many readings the last of them is lost, and its records are told as malformed.
        let firstLayout = UInt8(truncatingIfNeeded: min(layouts.count, Int(UInt8.max)))
        layouts += later.layouts
        for var record in later.kept {
            record.id = record.id.shifted(by: shift.ids)
            record.raw = record.raw.shifted(by: shift.raws)
            record.layout = firstLayout
            kept.append(record)
        }
        noteSeen(later)
        for link in later.absent {
            if seen.indices.contains(link), seen[link] { count -= 1 }
            absent.insert(link)
        }
        note(asked: links, told: later)
    }

    /// Notes which of the links whose records were asked for a reading told nothing of.
    package mutating func note(asked links: Set<Int>) {
        note(asked: links, told: self)
    }

    /// Notes links of which nothing can be told, without having asked.
    package mutating func addUnknown(_ links: Set<Int>) { unknown.formUnion(links) }

    /// Whether the system said of a record without a link that it is not there.
    package func isAbsent(_ id: RecordID) -> Bool { absentUnlinked.find(id) != nil }

    /// The links whose records were kept.
    package var keptLinks: Set<Int> { Set(kept.lazy.filter { $0.link >= 0 }.map { Int($0.link) }) }

    /// The links whose records the system said are not there.
    package var absentLinks: Set<Int> { absent }

    private mutating func note(asked links: Set<Int>, told reading: Snapshot) {
        for link in links {
            let isTold =
                reading.absent.contains(link) || (reading.seen.indices.contains(link) && reading.seen[link])
            if isTold { unknown.remove(link) } else { unknown.insert(link) }
        }
    }

    private mutating func noteSeen(_ later: Snapshot) {
        for link in later.seen.indices where later.seen[link] {
            if link >= seen.count { seen += Array(repeating: false, count: link + 1 - seen.count) }
            if !seen[link] || absent.contains(link) { count += 1 }
            seen[link] = true
            absent.remove(link)
        }
    }

    /// Forgets what was kept of records of which a later reading tells.
    private mutating func dropKept(of later: Snapshot) {
        let unlinked = later.unlinkedIDs()
        kept.removeAll { record in
            let link = Int(record.link)
            if link < 0 { return unlinked.count > 0 && ids.withBytes(record.id) { unlinked.find($0) } != nil }
            return later.absent.contains(link) || (later.seen.indices.contains(link) && later.seen[link])
        }
    }
}
