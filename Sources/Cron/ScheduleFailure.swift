/// What is wrong with the text of a schedule, an interval or a window, and where.
package struct ScheduleFailure: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
        case nothing
        case unknownWord(String)

        case intervalMissing
        case intervalNotANumber(String)
        case intervalWithoutUnit(String)
        case unknownUnit(String)
        case unitOutOfOrder(String)
        case negativeInterval
        case zeroInterval
        case longInterval

        case fieldCount(Int)
        case unknownNickname(String)
        case reboot
        case notBuilt(String, CronField)
        case unreadable(String, CronField)
        case outOfRange(String, CronField)
        case backwards(from: Int, to: Int, CronField)
        case zeroStep
        case badStep(String)
        case stepWithoutRange(from: String, step: String, CronField)

        case unknownDay(String)
        case badClock(String)
        case badWindow(String)
        case emptyWindow(String)
    }

    package let problem: Problem
    /// The part of the text that is wrong, counted in Unicode scalars from 0, as columns are; empty only at the end of
    /// a text.
    package let range: Range<Int>

    init(_ problem: Problem, _ range: Range<Int>) {
        self.problem = problem
        self.range = range
    }
}
