import Values

/// Which words, addresses and numbers stand for which, the same everywhere in a test.
struct Pseudonyms {
    /// By the word in lower case, scalar by scalar as long as it is.
    private var words: [[Unicode.Scalar]: [Unicode.Scalar]] = [:]
    private var taken: Set<[Unicode.Scalar]> = []
    private var addresses: [String: String] = [:]
    private var numbers: [[Unicode.Scalar]: [Unicode.Scalar]] = [:]
    private var dates: [String: String] = [:]
    private var state: UInt64 = 0x10c5_57e9

    /// From so many letters on a word is found inside others too.
    static let inside = 4

    /// The lengths of the words that are found inside others, the longest first.
    private(set) var lengths: [Int] = []

    func word(_ lower: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar]? { words[Array(lower)] }

    func number(_ digits: [Unicode.Scalar]) -> [Unicode.Scalar]? { numbers[digits] }

    func date(_ text: String) -> String? { dates[text] }

    mutating func add(words new: [[Unicode.Scalar]]) {
        // All words are known before the first gets another, which must hold none of them.
        let all = Set(new).subtracting(words.keys)
        let known = Set(words.keys).union(all)
        lengths = Set(known.map(\.count)).filter { $0 >= Self.inside }.sorted(by: >)
        for word in new where words[word] == nil {
            let other = pseudonym(of: word, avoiding: known)
            taken.insert(other)
            words[word] = other
        }
    }

    mutating func address(_ text: String) -> String {
        let lower = text.lowercased()
        let number = addresses.count + 1
        let other = addresses[lower] ?? "person\(number)@example.com"
        addresses[lower] = other
        let hasLower = text.unicodeScalars.contains { $0.properties.isLowercase }
        return hasLower ? other : other.uppercased()
    }

    /// Other digits, as many; a zero in front stays.
    mutating func add(number digits: [Unicode.Scalar]) -> [Unicode.Scalar] {
        if let known = numbers[digits] { return known }
        var other = digits
        for _ in 0..<100 {
            other = digits.enumerated().map { at, digit in
                if at == 0 { return digit == "0" ? digit : Unicode.Scalar(UInt8(0x31 + below(9))) }
                return Unicode.Scalar(UInt8(0x30 + below(10)))
            }
            if other != digits, !numbers.values.contains(other) { break }
        }
        numbers[digits] = other
        return other
    }

    mutating func add(date text: String) {
        guard dates[text] == nil else { return }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        dates[text] = "\(1950 + below(50))-\(two(1 + below(12)))-\(two(1 + below(28)))"
    }

    private mutating func pseudonym(
        of word: [Unicode.Scalar], avoiding known: Set<[Unicode.Scalar]>
    ) -> [Unicode.Scalar] {
        var other = word
        for _ in 0..<200 {
            let startsWithVowel = below(3) == 0
            other = word.enumerated().map { at, scalar in
                letter(like: scalar, isVowel: (at % 2 == 0) == startsWithVowel)
            }
            if !known.contains(other), !taken.contains(other), !holds(other, anyOf: known) { break }
        }
        return other
    }

    private func holds(_ word: [Unicode.Scalar], anyOf known: Set<[Unicode.Scalar]>) -> Bool {
        for length in lengths where length <= word.count {
            for start in 0...(word.count - length) where known.contains(Array(word[start..<(start + length)])) {
                return true
            }
        }
        return false
    }

    private static let vowels = Array("aeiou".unicodeScalars)
    private static let consonants = Array("bdfgklmnprstv".unicodeScalars)
    private static let accented = Array("äåæèéêëîïñòóôöøùúûü".unicodeScalars)
    private static let caseless = Array("甲乙丙丁戊己庚辛壬癸".unicodeScalars)

    /// Of the same kind, so that expressions treat both alike: an ASCII letter, a digit, another letter with or without case.
    private mutating func letter(like scalar: Unicode.Scalar, isVowel: Bool) -> Unicode.Scalar {
        if ("0"..."9").contains(scalar) { return Unicode.Scalar(UInt8(0x30 + below(10))) }
        if scalar.isASCII { return pick(isVowel ? Self.vowels : Self.consonants) }
        if scalar.properties.isLowercase { return pick(Self.accented) }
        return scalar.properties.isAlphabetic && scalar.properties.generalCategory == .otherLetter
            ? pick(Self.caseless) : scalar
    }

    private mutating func pick(_ scalars: [Unicode.Scalar]) -> Unicode.Scalar { scalars[below(scalars.count)] }

    /// The same numbers each time: who masks one record twice gets the same test.
    private mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
