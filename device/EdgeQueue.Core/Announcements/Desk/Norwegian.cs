namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> Norwegian => new()
    {
        [DeskPrompt.Welcome] = new("Bestilt time?", "Nr/telefon+Enter", "Har du bestilt time? Tast nummeret på timen eller telefonnummeret ditt og trykk Enter, eller hold koden foran leseren."),
        [DeskPrompt.PressButton] = new("Vennligst trykk", "på en knapp", "Vennligst trykk på en knapp for å få en kølapp."),
        [DeskPrompt.YourNumber] = new("Ditt nummer:", "", ""),
        [DeskPrompt.Wait] = new("Et øyeblikk ...", "", ""),
        [DeskPrompt.Issued] = new("Nummer {label}", "Ta kølappen", "Nummer {label}. Vennligst ta kølappen."),
        [DeskPrompt.TimedOut] = new("Tiden er ute", "Prøv igjen", "Tiden er ute. Vennligst prøv igjen."),
        [DeskPrompt.WrongNumber] = new("Feil nummer", "Prøv igjen", "Dette er verken et timenummer eller et telefonnummer. Vennligst prøv igjen."),
        [DeskPrompt.UnknownBooking] = new("Fant ingen time", "Ta en kølapp", "Vi fant ingen time. Sjekk nummeret, eller ta en kølapp."),
        [DeskPrompt.SeveralBookings] = new("Flere timer", "Tast timenummer", "Du har flere timer. Tast nummeret på den timen du mener."),
        [DeskPrompt.AlreadyHere] = new("Allerede her", "Vennligst vent", "Du er allerede registrert. Vennligst vent til du blir ropt opp."),
        [DeskPrompt.TooEarly] = new("For tidlig", "Kom senere", "Det er for tidlig å registrere seg. Kom tilbake nærmere timen."),
        [DeskPrompt.TooLate] = new("For sent", "Ta en kølapp", "Det er for sent for denne timen. Vennligst ta en kølapp."),
        [DeskPrompt.Cancelled] = new("Timen er avlyst", "Ta en kølapp", "Denne timen er avlyst. Vennligst ta en kølapp."),
        [DeskPrompt.NoCheckIn] = new("Ikke mulig nå", "Ta en kølapp", "Du kan ikke registrere deg akkurat nå. Vennligst ta en kølapp."),
        [DeskPrompt.NoPaper] = new("Tomt for papir", "Spør de ansatte", "Det er tomt for papir. Vennligst spør de ansatte."),
        [DeskPrompt.NoTickets] = new("Ingen kølapper", "Spør de ansatte", "Det kan ikke gis kølapper akkurat nå. Vennligst spør de ansatte."),
        [DeskPrompt.Closed] = new("Stengt", "", "Det er stengt."),
        [DeskPrompt.Evacuation] = new("Forlat bygget", "rolig", ""),
        [DeskPrompt.NotPossible] = new("Ikke mulig", "Spør de ansatte", "Det er ikke mulig. Vennligst spør de ansatte."),
        [DeskPrompt.BookingsOnly] = new("Kun bestilt time", "Bestill time", "Dette er bare for dem som har bestilt time. Vennligst bestill time."),
        [DeskPrompt.NoMoreToday] = new("Ikke mer i dag", "Kom en annen dag", "Det gis ikke flere kølapper til dette i dag. Vennligst kom en annen dag."),
        [DeskPrompt.HallFull] = new("Det er fullt", "Kom senere", "Det er for mange her akkurat nå. Vennligst kom litt senere."),
        [DeskPrompt.HowMany] = new("Hvor mange?", "", "Hvor mange er dere? Tast antallet og trykk Enter."),
        [DeskPrompt.YourPhone] = new("Din telefon:", "", "Tast telefonnummeret ditt og trykk Enter."),
        [DeskPrompt.YourCase] = new("Saksnummer:", "", "Tast saksnummeret og trykk Enter, eller hold koden foran leseren."),
    };
}
