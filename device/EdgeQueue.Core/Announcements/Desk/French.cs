namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> French => new()
    {
        [DeskPrompt.Welcome] = new("Rendez-vous ?", "No/tél. + Entrée", "Vous avez un rendez-vous ? Tapez son numéro ou votre numéro de téléphone, puis Entrée, ou présentez votre code au lecteur."),
        [DeskPrompt.PressButton] = new("Appuyez sur", "un bouton", "Veuillez appuyer sur un bouton pour obtenir un ticket."),
        [DeskPrompt.YourNumber] = new("Votre numéro :", "", ""),
        [DeskPrompt.Wait] = new("Un instant ...", "", ""),
        [DeskPrompt.Issued] = new("Numéro {label}", "Prenez le ticket", "Numéro {label}. Veuillez prendre votre ticket."),
        [DeskPrompt.TimedOut] = new("Temps écoulé", "Recommencez", "Le temps est écoulé. Veuillez recommencer."),
        [DeskPrompt.WrongNumber] = new("Numéro incorrect", "Recommencez", "Ce n'est ni un numéro de rendez-vous ni un numéro de téléphone. Veuillez recommencer."),
        [DeskPrompt.UnknownBooking] = new("RDV introuvable", "Prenez un ticket", "Aucun rendez-vous n'a été trouvé. Vérifiez le numéro, ou prenez un ticket."),
        [DeskPrompt.SeveralBookings] = new("Plusieurs RDV", "Tapez le numéro", "Vous avez plusieurs rendez-vous. Tapez le numéro de celui que vous voulez."),
        [DeskPrompt.AlreadyHere] = new("Déjà enregistré", "Patientez", "Vous êtes déjà enregistré. Veuillez attendre votre appel."),
        [DeskPrompt.TooEarly] = new("Trop tôt", "Revenez bientôt", "Il est trop tôt. Veuillez revenir peu avant votre rendez-vous."),
        [DeskPrompt.TooLate] = new("Trop tard", "Prenez un ticket", "Il est trop tard pour ce rendez-vous. Veuillez prendre un ticket."),
        [DeskPrompt.Cancelled] = new("RDV annulé", "Prenez un ticket", "Ce rendez-vous a été annulé. Veuillez prendre un ticket."),
        [DeskPrompt.NoCheckIn] = new("Indisponible", "Prenez un ticket", "L'enregistrement n'est pas possible en ce moment. Veuillez prendre un ticket."),
        [DeskPrompt.NoPaper] = new("Plus de papier", "Voir l'accueil", "Il n'y a plus de papier. Veuillez vous adresser au personnel."),
        [DeskPrompt.NoTickets] = new("Pas de tickets", "Voir l'accueil", "Aucun ticket ne peut être délivré en ce moment. Veuillez vous adresser au personnel."),
        [DeskPrompt.Closed] = new("Fermé", "", "C'est fermé."),
        [DeskPrompt.Evacuation] = new("Quittez le", "bâtiment", ""),
        [DeskPrompt.NotPossible] = new("Impossible", "Voir l'accueil", "Ce n'est pas possible. Veuillez vous adresser au personnel."),
        [DeskPrompt.BookingsOnly] = new("Sur rendez-vous", "Prenez un RDV", "C'est uniquement sur rendez-vous. Veuillez prendre rendez-vous."),
        [DeskPrompt.NoMoreToday] = new("Fini aujourd'hui", "Un autre jour", "Il n'y a plus de tickets pour ce service aujourd'hui. Veuillez revenir un autre jour."),
        [DeskPrompt.HallFull] = new("Salle complète", "Revenez bientôt", "Il y a trop de monde en ce moment. Veuillez revenir un peu plus tard."),
        [DeskPrompt.HowMany] = new("Combien ?", "", "Combien êtes-vous ? Tapez le nombre et appuyez sur Entrée."),
        [DeskPrompt.YourPhone] = new("Votre téléphone:", "", "Tapez votre numéro de téléphone et appuyez sur Entrée."),
        [DeskPrompt.YourCase] = new("No du dossier :", "", "Tapez le numéro de votre dossier et appuyez sur Entrée, ou présentez le code au lecteur."),
    };
}
