import Diagnosis

extension HeadFacts {
    /// What to know before believing an answer of the head, in one line; nil when it was trained on a published encoder.
    ///
    /// - Parameter head: the head's file.
    func caution(head: String) -> String? {
        let head = Diagnosis.printableLine(head)
        switch origin {
        case EncoderOrigin.untrained.words:
            return "note: \(head) was trained on an encoder that is \(origin); its answers say nothing about speech"
        case EncoderOrigin.unrecognised.words:
            return "note: \(head) was trained on \(origin), of no published checkpoint that Timbre knows"
        default: return nil
        }
    }
}
