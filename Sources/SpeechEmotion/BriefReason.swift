import Diagnosis

extension Error {
    /// The error in one line, for lists of many: what went wrong and what was found.
    var briefReason: String {
        guard let diagnosis = (self as? any DiagnosableError)?.diagnosis else { return "\(self)" }
        return [diagnosis.what, diagnosis.found].compactMap { $0 }.joined(separator: ": ")
    }
}
