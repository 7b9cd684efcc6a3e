/// Tickets of a service desk, the same for the same seed: ten fields, a text of 120 characters, one in twenty past
/// ASCII, and some escapes.
struct Tickets {
    let count: Int
    private let records: [String]

    init(count: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        self.count = count
        records = (1...count).map { Tickets.record($0, &random) }
    }

    func lines() -> [UInt8] { Array((records.joined(separator: "\n") + "\n").utf8) }

    func array() -> [UInt8] { Array(("[" + records.joined(separator: ",") + "]").utf8) }

    private static let words = [
        "printer", "is", "offline", "since", "the", "update", "of", "last", "night", "and", "users", "cannot", "log",
        "in",
    ]
    private static let special = ["Büro", "naïve", "日本", "señal", "😀"]

    private static func record(_ number: Int, _ random: inout SplitMix64) -> String {
        var text = ""
        while text.utf8.count < 120 {
            switch random.below(40) {
            case 0: text += "\\\"quoted\\\" "
            case 1: text += "line\\nbreak "
            case 2, 3: text += special[random.below(special.count)] + " "
            default: text += words[random.below(words.count)] + " "
            }
        }
        let status = ["New", "In Progress", "Waiting", "Closed"][random.below(4)]
        return """
            {"id":\(number),"summary":"\(words[random.below(14)]) \(words[random.below(14)]) \(number)","status":"\(status)",\
            "priority":\(random.below(5)),"client_id":\(random.below(900)),"hours":\(random.below(100)).\(random.below(90) + 10),\
            "archived":\(random.below(10) == 0),"assignee":\(random.below(3) == 0 ? "null" : "\"user\(random.below(50))@example.com\""),\
            "updated_on":"2026-\(random.below(3) + 10)-\(random.below(18) + 10)T10:\(random.below(50) + 10):00Z","details":"\(text)"}
            """
    }
}

/// A small generator of random numbers with a seed.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
