namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> German => new()
    {
        [DeskPrompt.Welcome] = new("Termin gebucht?", "Nr./Tel. + Enter", "Haben Sie einen Termin? Geben Sie die Buchungsnummer oder Ihre Telefonnummer ein und drücken Sie Enter, oder halten Sie Ihren Code vor den Leser."),
        [DeskPrompt.PressButton] = new("Bitte eine Taste", "drücken", "Bitte drücken Sie eine Taste, um eine Wartenummer zu bekommen."),
        [DeskPrompt.YourNumber] = new("Ihre Nummer:", "", ""),
        [DeskPrompt.Wait] = new("Einen Moment ...", "", ""),
        [DeskPrompt.Issued] = new("Nummer {label}", "Zettel entnehmen", "Nummer {label}. Bitte entnehmen Sie Ihren Zettel."),
        [DeskPrompt.TimedOut] = new("Zeit abgelaufen", "Bitte noch mal", "Die Zeit ist abgelaufen. Bitte versuchen Sie es noch einmal."),
        [DeskPrompt.WrongNumber] = new("Falsche Nummer", "Bitte noch mal", "Das ist weder eine Buchungsnummer noch eine Telefonnummer. Bitte versuchen Sie es noch einmal."),
        [DeskPrompt.UnknownBooking] = new("Nichts gebucht", "Nummer ziehen", "Es wurde keine Buchung gefunden. Bitte prüfen Sie die Nummer, oder ziehen Sie eine Wartenummer."),
        [DeskPrompt.SeveralBookings] = new("Mehrere Termine", "Nr. eingeben", "Sie haben mehrere Termine. Bitte geben Sie die Buchungsnummer ein."),
        [DeskPrompt.AlreadyHere] = new("Schon angemeldet", "Bitte warten", "Sie sind schon angemeldet. Bitte warten Sie, bis Sie aufgerufen werden."),
        [DeskPrompt.TooEarly] = new("Noch zu früh", "Später kommen", "Es ist noch zu früh. Bitte kommen Sie kurz vor Ihrem Termin wieder."),
        [DeskPrompt.TooLate] = new("Zu spät", "Nummer ziehen", "Für diesen Termin ist es zu spät. Bitte ziehen Sie eine Wartenummer."),
        [DeskPrompt.Cancelled] = new("Termin abgesagt", "Nummer ziehen", "Dieser Termin wurde abgesagt. Bitte ziehen Sie eine Wartenummer."),
        [DeskPrompt.NoCheckIn] = new("Geht jetzt nicht", "Nummer ziehen", "Die Anmeldung ist im Moment nicht möglich. Bitte ziehen Sie eine Wartenummer."),
        [DeskPrompt.NoPaper] = new("Kein Papier", "Personal fragen", "Es ist kein Papier mehr da. Bitte fragen Sie das Personal."),
        [DeskPrompt.NoTickets] = new("Keine Nummern", "Personal fragen", "Im Moment gibt es keine Wartenummern. Bitte fragen Sie das Personal."),
        [DeskPrompt.Closed] = new("Geschlossen", "", "Es ist geschlossen."),
        [DeskPrompt.Evacuation] = new("Bitte Gebäude", "verlassen", ""),
        [DeskPrompt.NotPossible] = new("Nicht möglich", "Personal fragen", "Das ist nicht möglich. Bitte fragen Sie das Personal."),
        [DeskPrompt.BookingsOnly] = new("Nur mit Termin", "Termin buchen", "Das geht gerade nur mit Termin. Bitte buchen Sie einen Termin."),
        [DeskPrompt.NoMoreToday] = new("Heute nicht mehr", "Anderer Tag", "Dafür gibt es heute keine Wartenummern mehr. Bitte kommen Sie an einem anderen Tag."),
        [DeskPrompt.HallFull] = new("Zu viele Leute", "Später kommen", "Im Moment sind zu viele Menschen hier. Bitte kommen Sie etwas später."),
        [DeskPrompt.HowMany] = new("Wie viele?", "", "Wie viele sind Sie? Tippen Sie die Zahl und drücken Sie Enter."),
        [DeskPrompt.YourPhone] = new("Ihr Telefon:", "", "Bitte tippen Sie Ihre Telefonnummer und drücken Sie Enter."),
        [DeskPrompt.YourCase] = new("Ihr Zeichen:", "", "Bitte tippen Sie die Nummer Ihres Vorgangs und drücken Sie Enter, oder halten Sie den Code vor den Leser."),
    };
}
