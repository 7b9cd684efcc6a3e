/// Tells by its name what a field holds that looks personal.
enum PersonalFields {
    enum Kind: Sendable, Hashable {
        case words
        /// All digits count, however they are grouped.
        case digits
        case birth
    }

    private static let words: Set<String> = [
        "name", "first", "last", "mail", "phone", "mobile", "fax", "address", "street", "city", "zip", "postcode",
        "birth", "contact", "requester", "user", "owner", "assignee", "author",
    ]
    /// Of these, words that hold one as an end count too: `email`, `username`, `telephone`, `birthday`.
    private static let ends = ["name", "mail", "phone"]
    private static let digits: Set<String> = ["phone", "mobile", "fax"]
    /// Last words of names that tell of a thing about a person, and not of the person.
    private static let others: Set<String> = [
        "id", "ids", "uuid", "guid", "type", "kind", "status", "count", "enabled", "verified",
    ]

    /// - Returns: nil for a field whose name says nothing of a person.
    static func kind(of name: String) -> Kind? {
        let words = split(name)
        guard let last = words.last, !others.contains(last) else { return nil }
        let found = words.compactMap(personal)
        if found.isEmpty { return nil }
        if found.contains("birth") { return .birth }
        return found.contains { digits.contains($0) } ? .digits : .words
    }

    /// Whether a name tells of an id, a kind or a count, and of nobody.
    static func isAboutOther(_ name: String) -> Bool { split(name).last.map(others.contains) ?? false }

    private static func personal(_ word: String) -> String? {
        let single = word.hasSuffix("s") ? String(word.dropLast()) : word
        for candidate in [word, single] where words.contains(candidate) { return candidate }
        if word == "addresses" { return "address" }
        if word.hasPrefix("birth") { return "birth" }
        return ends.first { single.hasSuffix($0) }
    }

    /// The words of a name in lower case: `homePhone`, `home-phone` and `HOME_PHONE` have the same two.
    private static func split(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for scalar in name.unicodeScalars {
            let isPart = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if !isPart || (wasLower && scalar.properties.isUppercase) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isPart { word += scalar.properties.lowercaseMapping }
            wasLower = isPart && !scalar.properties.isUppercase
        }
        return word.isEmpty ? words : words + [word]
    }
}
