import Model

/// What a plan is the first to find: records that left the scope, and what a change of the job file brings about.
enum ChangeWords {
    static func sentences(_ plan: Plan) -> [String] {
        let changed = plan.departures.ofChanged
        var sentences: [String] = []
        if changed.left + changed.right > 0 {
            sentences.append("\(leave(changed.left + changed.right)) the scope, since \(they(changed)) changed")
        }
        guard plan.isJobFileChanged else { return sentences }
        let left = plan.departures.byJobFile.left + plan.departures.byJobFile.right
        var parts = left == 0 ? [] : ["\(leave(left)) the scope"]
        if plan.firstValues > 0 {
            parts.append(
                "\(CountWords.count(plan.firstValues, "field")) \(plan.firstValues == 1 ? "gets a first value" : "get first values")"
            )
        }
        if !parts.isEmpty { sentences.append("since the job file changed, \(parts.joined(separator: ", "))") }
        return sentences
    }

    private static func leave(_ count: Int) -> String {
        "\(CountWords.count(count, "record")) \(count == 1 ? "leaves" : "leave")"
    }

    private static func they(_ counts: Sides<Int>) -> String { counts.left + counts.right == 1 ? "it" : "they" }
}
