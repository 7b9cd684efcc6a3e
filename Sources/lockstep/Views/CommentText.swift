/// The text of a comment, which takes what it has room for.
struct CommentText {
    private(set) var text = ""
    private var room: Int
    /// Syncs with writes of which nothing is shown.
    var leftSyncs = 0
    /// Once something did not fit, nothing else is begun.
    private var isFull = false

    init(room: Int) { self.room = room }

    /// false, and nothing is added, where there is no room.
    @discardableResult
    mutating func add(_ piece: String) -> Bool {
        let count = piece.utf16.count
        guard !isFull, count <= room else {
            isFull = true
            return false
        }
        text += piece
        room -= count
        return true
    }

    /// Adds lines as far as there is room for them, and tells how many there are more.
    mutating func add(_ lines: [String], after head: String, noun: String) {
        guard !lines.isEmpty, add(head) else { return }
        var shown = 0
        for line in lines {
            guard add(line) else { break }
            shown += 1
        }
        if shown < lines.count { closing("- and \(CountWords.count(lines.count - shown, "more \(noun)"))\n") }
        closing("\n")
    }

    /// Adds the head of what is closed by an end, with room kept for that.
    mutating func open(_ head: String, _ end: String) -> Bool {
        guard !isFull, head.utf16.count + end.utf16.count + 200 <= room else {
            isFull = true
            return false
        }
        return add(head)
    }

    /// Adds a short text for which room is kept, whatever is full.
    @discardableResult
    mutating func closing(_ piece: String) -> Bool {
        text += piece
        room -= piece.utf16.count
        return true
    }

    mutating func close(_ piece: String) { closing(piece) }
}
